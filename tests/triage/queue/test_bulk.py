"""Saved views, actions on many requests at once, and exports of the queue."""

import re
from dataclasses import replace

import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.assistance.handling import services
from tracker.assistance.models import AssistanceRequest
from tracker.database.seen import version_of
from tracker.events import Event
from tracker.extensions import db
from tracker.triage.queue.models import QueueExport

R = AssistanceRequest


class TestSavedViews:
    def test_save_open_rename_delete(self, officer, people):
        make.in_review(people)
        saved = officer.post(
            "/triage/queue/views?kind=technical", name="Mine to do", query="kind=technical&sort=-amount"
        )
        assert saved.status_code == 302
        assert saved.location.endswith("/triage/queue?kind=technical&sort=-amount")
        assert "Mine to do" in officer.get("/triage/queue").get_data(as_text=True)
        view = re.search(r"/queue/views/(\d+)/rename", officer.get("/triage/queue/views").get_data(as_text=True))[1]
        assert officer.post("/triage/queue/views", name="mine to do").status_code == 422
        renamed = {"name": "Other", "version": version_of("Mine to do", "kind=technical&sort=-amount")}
        assert officer.client.post(f"/triage/queue/views/{view}/rename", data=renamed).status_code == 302
        assert "Other" in officer.get("/triage/queue").get_data(as_text=True)
        seen = {"version": version_of("Other", "kind=technical&sort=-amount")}
        assert officer.client.post(f"/triage/queue/views/{view}/delete", data=seen).status_code == 302
        assert "Other" not in officer.get("/triage/queue").get_data(as_text=True)

    def test_views_are_ones_own(self, officer, manager):
        officer.post("/triage/queue/views", name="Mine", query="")
        view = re.search(r"/queue/views/(\d+)/rename", officer.get("/triage/queue/views").get_data(as_text=True))[1]
        assert manager.client.post(f"/triage/queue/views/{view}/delete").status_code == 404
        assert manager.client.post(f"/triage/queue/views/{view}/rename", data={"name": "X"}).status_code == 404


class TestBulk:
    def test_assigns_what_is_ticked_in_one_act_with_one_event(self, officer, people):
        colleague = accounts.person("triage_officer", name="L. Brandt")
        cases = [make.submitted(people), make.in_review(people), make.declined(people)]
        address = "/triage/queue/assign?" + "&".join(f"r={case.public_id}" for case in cases)
        assert "Assign 3 requests?" in officer.get(address).get_data(as_text=True)
        done = officer.client.post(
            address, data={"r": [str(c.public_id) for c in cases], "officer": colleague.public_id}
        )
        assert done.status_code == 302
        assert [case.now.assigned_to_id for case in cases[:2]] == [colleague.person_id] * 2
        assert cases[2].now.assigned_to_id != colleague.person_id
        events = db.session.scalars(sa.select(Event).where(Event.name == "assistance.bulk_assigned")).all()
        assert [sorted(event.data["request_ids"]) for event in events] == [sorted(c.now.id for c in cases[:2])]

    def test_hands_over_everything_that_is_open(self, manager, people):
        colleague = accounts.person("triage_officer")
        cases = [make.in_review(people), make.accepted(people), make.declined(people)]
        done = manager.post(
            "/triage/queue/hand-over", from_officer=people.officer.public_id, to_officer=colleague.public_id
        )
        assert done.status_code == 302
        assert [case.now.assigned_to_id == colleague.person_id for case in cases] == [True, True, False]

    def test_an_officer_hands_over_nothing_but_their_own(self, officer, people):
        other = accounts.person("triage_officer")
        make.in_review(make.People(of="BTN"))
        holder = make.in_review(make.People(of="FJI"))
        answer = officer.post(
            "/triage/queue/hand-over", from_officer=holder.people.officer.public_id, to_officer=other.public_id
        )
        assert answer.status_code == 422

    def test_what_the_new_officer_recused_from_stays(self, manager, people):
        colleague = accounts.person("triage_officer")
        case = make.in_review(people)
        services.recuse(case.public_id, actor=colleague.actor, version=case.version, reason="My former employer.")
        address = f"/triage/queue/assign?r={case.public_id}"
        answer = manager.post(address, officer=colleague.public_id)
        assert answer.status_code == 422
        assert case.now.assigned_to_id == people.officer.person_id


class TestExport:
    def test_formulas_become_text_and_numbers_stay_numbers(self, officer, people):
        make.submitted(people, title='=HYPERLINK("http://x")')
        make.submitted(people, title="@SUM(A1)")
        text = officer.post("/triage/queue/export").get_data(as_text=True)
        assert '"\'=HYPERLINK(""http://x"")"' in text
        assert "'@SUM(A1)" in text
        assert ",96500," in text or ",96500.00," in text

    def test_confidential_needs_a_reason_and_strictly_never_leaves(self, manager, people):
        make.submitted(people, title="Open matter")
        make.submitted(people, title="Quiet matter", marking="confidential")
        make.submitted(people, title="Secret matter", marking="strictly_confidential")
        plain = manager.post("/triage/queue/export").get_data(as_text=True)
        assert "Open matter" in plain
        assert "Quiet matter" not in plain
        assert manager.post("/triage/queue/export", confidential="y").status_code == 422
        reasoned = manager.post("/triage/queue/export", confidential="y", reason="For the audit.")
        text = reasoned.get_data(as_text=True)
        assert "Quiet matter" in text
        assert "Secret matter" not in text
        rows = db.session.scalars(sa.select(QueueExport).order_by(QueueExport.id)).all()
        assert [(row.rows, row.confidential, row.reason) for row in rows] == [(1, 0, ""), (2, 1, "For the audit.")]

    def test_sent_twice_gives_the_same_requests_again_though_the_queue_moved(self, manager, people):
        make.submitted(people, title="Open matter")
        turned = make.submitted(people, title="Turned matter")
        sent = {**manager.hidden("/triage/queue/export"), "confidential": "y", "reason": "For the audit."}
        assert "Turned matter" in manager.client.post("/triage/queue/export", data=sent).text
        make.submitted(people, title="Later matter")
        db.session.execute(sa.update(R).where(R.public_id == turned.public_id).values(marking="strictly_confidential"))
        db.session.commit()
        again = manager.client.post("/triage/queue/export", data=sent)
        assert again.status_code == 200
        assert "Open matter" in again.text
        assert "Later matter" not in again.text
        assert "Turned matter" not in again.text
        assert db.session.scalars(sa.select(QueueExport.rows)).all() == [2]

    def test_a_second_one_with_other_choices_from_the_same_page_is_another_act(self, manager, people):
        make.submitted(people, title="Open matter")
        make.submitted(people, title="Quiet matter", marking="confidential")
        sent = manager.hidden("/triage/queue/export")
        assert "Quiet matter" not in manager.client.post("/triage/queue/export", data=sent).text
        more = {**sent, "confidential": "y", "reason": "For the audit."}
        assert "Quiet matter" in manager.client.post("/triage/queue/export", data=more).text
        other = manager.client.post("/triage/queue/export", data={**more, "reason": "For the report."})
        assert other.status_code == 200
        assert db.session.scalars(sa.select(QueueExport.reason).order_by(QueueExport.id)).all() == [
            "",
            "For the audit.",
            "For the report.",
        ]

    def test_leaves_in_the_order_and_the_filter_of_the_queue(self, manager, people):
        for title in ("Beta", "Alpha", "Gamma"):
            make.submitted(people, title=f"{title} matter")
        make.in_review(people, title="Other matter")
        text = manager.post("/triage/queue/export?status=submitted&sort=-title").text
        assert re.findall(r"(\w+) matter", text) == ["Gamma", "Beta", "Alpha"]

    def test_says_in_its_name_that_it_comes_from_a_demonstration(self, app, officer, people, monkeypatch):
        make.submitted(people)
        sent = officer.post("/triage/queue/export")
        assert sent.headers["Content-Disposition"].startswith("attachment; filename=demonstration-requests-")
        assert sent.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert sent.headers["X-Robots-Tag"] == "noindex"
        real = replace(app.extensions["tracker_settings"], environment="production")
        monkeypatch.setitem(app.extensions, "tracker_settings", real)
        sent = officer.post("/triage/queue/export")
        assert sent.headers["Content-Disposition"].startswith("attachment; filename=requests-")
        assert "X-Robots-Tag" not in sent.headers
