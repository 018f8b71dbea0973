"""What the operator decides: settings, keys, logs, and how the site is served."""
