"""The Celery side: tasks that call services, without logic of their own."""
