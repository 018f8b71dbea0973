"""IATI files of other publishers."""

import pytest
from lxml import etree

from tracker.assistance.imported.checking import ReferenceData, check
from tracker.assistance.imported.imports import read
from tracker.calendar.now import today
from tracker.errors import Invalid
from tracker.imports.reading import Source

FACTS = ReferenceData(frozenset(), {}, {}, today())
HEAD = '<?xml version="1.0" encoding="{encoding}"?>'


def file(*activities, encoding="UTF-8", attributes='version="2.03"'):
    text = f"{HEAD.format(encoding=encoding)}<iati-activities {attributes}>{''.join(activities)}</iati-activities>"
    return Source("x.xml", "xml", text.encode(encoding))


def activity(inside="", attributes='default-currency="USD"', country='<recipient-country code="KE"/>', title="Title"):
    return (
        f"<iati-activity {attributes}><iati-identifier>A-1</iati-identifier>"
        f"<title><narrative>{title}</narrative></title>{country}{inside}</iati-activity>"
    )


def budget(value, year=2023, kind="1", currency=""):
    named = f' currency="{currency}"' if currency else ""
    return (
        f'<budget type="{kind}"><period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>'
        f"<value{named}>{value}</value></budget>"
    )


def checked(*args, **kwargs):
    taken, findings = check(read(file(activity(*args, **kwargs)))[0], FACTS)
    return taken, {finding.field for finding in findings}


@pytest.mark.parametrize(
    ("inside", "minor", "fields"),
    [
        (budget(100) + budget(50, 2024), 15000, set()),
        (budget(100) + budget(200, kind="2"), 20000, set()),
        ("<budget><value>5</value></budget><budget><value>6</value></budget>", 1100, set()),
        (budget("1234.567"), 123457, {"amount"}),
        (budget(1, currency="EUR") + budget(2, 2024), None, {"currency"}),
        (budget(100) + budget("abc", 2024), None, {"amount"}),
        (budget("9e999999") + budget("9e999999", 2024), None, {"amount"}),
        (budget(-10), None, {"amount"}),
        (budget("NaN"), None, {"amount"}),
    ],
)
def test_budgets(inside, minor, fields):
    taken, found = checked(inside)
    assert (taken and taken.values["amount_minor"], found) == (minor, fields)


@pytest.mark.parametrize(
    ("country", "iso3"),
    [
        ('<recipient-country code="KE"/><recipient-country code="KE"/>', "KEN"),
        ('<recipient-country code="KE" percentage="100"/><recipient-country code="UG" percentage="0"/>', "KEN"),
        ("<recipient-country><narrative>Kenya</narrative></recipient-country>", "KEN"),
        ('<transaction><value>5</value><recipient-country code="KE"/></transaction>', "KEN"),
        ('<recipient-country code="KE" percentage="60"/><recipient-country code="UG" percentage="40"/>', None),
        ('<recipient-region code="298"/>', None),
        ('<recipient-country code="XK"/>', None),
    ],
)
def test_the_state(country, iso3):
    taken, found = checked(country=country)
    assert (taken.iso3, found) == (iso3, set()) if iso3 else (taken, found) == (None, {"state"})


@pytest.mark.parametrize(("tag", "language"), [("fr-CA", "fr"), ("ZH-Hant", "zh"), ("pt", "en")])
def test_the_language(tag, language):
    taken, found = checked(attributes=f'xml:lang="{tag}"')
    assert taken.values["language"] == language
    assert found == ({"language"} if tag == "pt" else set())


def test_comments_and_paragraphs_lose_no_text():
    inside = "<description><narrative>One</narrative><narrative>Two</narrative></description>"
    taken, _found = checked(inside, title="Be<!-- c -->fore <![CDATA[<b>]]>")
    assert (taken.values["title"], taken.values["problem"]) == ("Before <b>", "One\n\nTwo")


def test_a_start_that_is_planned_leaves_the_date_to_when_the_record_was_touched():
    inside = '<activity-date type="1" iso-date="2090-01-01"/>'
    taken, _found = checked(inside, attributes='last-updated-datetime="2024-05-05T10:00:00Z"')
    assert taken.values["submitted_on"].isoformat() == "2024-05-05"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "UTF-16"])
def test_the_encoding_that_the_file_names(encoding):
    assert read(file(activity(title="été"), encoding=encoding))[0].title == "été"


def test_rows_are_counted_although_all_stand_on_one_line():
    assert [incoming.row for incoming in read(file(activity(), activity()))] == [1, 2]


def test_the_answer_of_a_datastore_is_read():
    inside = file(activity()).data.split(b"?>", 1)[1]
    assert read(Source("x.xml", "xml", b"<result>" + inside + b"</result>"))[0].source_id == "A-1"
    with pytest.raises(Invalid):
        read(Source("x.xml", "xml", b"<result/>"))


def test_a_default_namespace_is_read_like_none():
    source = file(activity(), attributes='version="2.03" xmlns="http://example.org/iati"')
    assert etree.fromstring(source.data).tag.startswith("{")
    assert read(source)[0].source_id == "A-1"
