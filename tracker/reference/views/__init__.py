"""Pages about reference data: public ones about sessions, and the settings of the admin panel."""
