"""The authority: asked, returning, submitting with the note verbale, agreeing, withdrawing."""
