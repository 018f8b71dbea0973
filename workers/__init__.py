"""The Celery side: doorways into services, without logic of their own."""
