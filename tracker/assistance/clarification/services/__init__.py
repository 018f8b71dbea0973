"""Questions to the State and its answers."""

from tracker.assistance.clarification.services.answering import answer, save_answers
from tracker.assistance.clarification.services.asking import (
    add_question_template,
    ask_clarification,
    end_question_template,
)

__all__ = ["add_question_template", "answer", "ask_clarification", "end_question_template", "save_answers"]
