"""Sentences about deliveries that failed or are uncertain."""

import pytest

from tracker.languages.choosing import in_language
from tracker.notifications import failure_sentences
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.lifecycle import Side


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("550 no such person", "The recipient's server knows no such mailbox."),
        ("550 5.2.2 over quota", "The recipient's mailbox is full."),
        ("552 too much", "The recipient's mailbox is full."),
        ("550 5.7.1 rejected by policy", "The server refuses mail from here: spam filters or rules stand in the way."),
        ("451 4.7.1 greylisted", "The server asked to try later, again and again."),
        ("535 5.7.8 bad credentials", "The mail server did not accept our user name or password."),
        ("no answer in time", "The mail server did not answer in time."),
        ("the worker went away", "The program was stopped while it sent; the message may have gone out."),
        ("KeyError while the mail was made", "The message could not be written: tell whoever runs this service."),
        ("ConnectionResetError: [Errno 104]", "The connection to the mail server broke off."),
        ("something new", "The mail server could not be used."),
        (None, ""),
    ],
)
def test_every_reason_has_its_sentence(app, said, words):
    assert failure_sentences.reason(said) == words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_message_says_what_it_is_about_without_its_reference(app, language):
    with in_language(language):
        for name, notice in CATALOGUE.items():
            for side in Side:
                words = failure_sentences.about(name, notice.kind, side)
                assert words
                assert words[0].isalpha()
                assert "%(" not in words


def test_a_digest_is_called_one(app):
    assert failure_sentences.about("", "digest", "staff") == "Digest"
