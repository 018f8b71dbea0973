"""The office's queue: filters, orders, saved views, acts on many requests, figures, exports."""
