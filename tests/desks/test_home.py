"""The pages that everybody may read."""

import pytest

from tests.factories import accounts, assistance
from tracker.desks import resolution
from tracker.reference import loader


@pytest.fixture(autouse=True)
def with_reference(app):
    loader.load()


class TestHome:
    def test_shows_no_total_that_could_betray_a_state(self, client):
        assistance.submitted()
        page = client.get("/").get_data(as_text=True)
        assert "fewer than 3" in page
        assert "Totals behind which fewer than three" in page

    def test_says_that_a_demonstration_is_one(self, client):
        page = client.get("/").get_data(as_text=True)
        assert "not a service of the United Nations" in page
        assert 'content="noindex"' in page


class TestHowItWorks:
    def test_prints_every_paragraph_of_the_french_text(self, client):
        page = client.get("/how-it-works?lang=fr").get_data(as_text=True)
        for paragraph in resolution.paragraphs():
            assert f'id="{paragraph.id}"' in page
        assert "prenant en charge les frais de voyage et d&#39;hébergement" in page

    def test_says_which_language_a_paragraph_is_in(self, client):
        page = client.get("/how-it-works").get_data(as_text=True)
        assert '<p lang="fr" dir="ltr">Notant que les technologies' in page
        assert '<p lang="en" dir="ltr">Stressing the need' in page
        assert "Wording of the draft resolution" in page

    def test_has_the_whole_resolution(self):
        kinds = [paragraph.kind for paragraph in resolution.paragraphs()]
        assert (kinds.count("preambular"), kinds.count("operative")) == (17, 6)


def test_a_page_that_is_not_there_leads_each_reader_to_where_they_begin(client, app, sign_in):
    assert '<a href="/">Start page</a>' in client.get("/nothing").text
    page = sign_in(app.test_client(), accounts.person("focal_point")).get("/nothing").text
    assert '<a href="/start">Go to your desk</a>' in page
