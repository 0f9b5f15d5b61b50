INSERT INTO event (id, code, title, kind, opens_at, closes_at, default_participants, require, form, contacts)
VALUES (1, 'T', 't', 'trial', '2026-08-27 07:00:00+00:00', '2026-08-29 07:00:00+00:00', 1, 'all', '{}', '{}');
INSERT INTO region (id, code, name, time_zone) VALUES (1, '54', 'r', 'Asia/Novosibirsk');
INSERT INTO organisation (id, region_id, code, name) VALUES (1, 1, '54-1', 'o');
INSERT INTO person (id, name, language, created_at) VALUES (1, 'p', 'ru', '2026-08-27 07:00:00+00:00');
INSERT INTO participation (id, event_id, organisation_id, variant, declared, state, finishes)
VALUES (1, 1, 1, 2, 1, 'open', 0);
INSERT INTO kit_place (participation_id, number) VALUES (1, 1);
INSERT INTO kit (id, event_id, participation_id, number, pages, state, place, first_seen_at)
VALUES (1, 1, 1, '1047', 1, 'complete', 1, '2026-08-27 07:00:00+00:00');
INSERT INTO batch (id, participation_id, person_id, state, opened_at, last_file_at)
VALUES (1, 1, 1, 'open', '2026-08-27 07:00:00+00:00', '2026-08-27 07:00:00+00:00');
INSERT INTO submission (id, participation_id, batch_id, person_id, source, origin, bot_id, remote_id, kind, name,
state, refusal_detail, announced_at)
VALUES (1, 1, 1, 1, 'chat', '1', 7, 'r', 'document', 'n', 'announced', '{}', '2026-08-27 07:00:00+00:00');
INSERT INTO page (id, submission_id, "index", verdict, kit_number, page_number, credit, report)
VALUES (1, 1, 0, 'ok', '1047', 1, 'counted', '{}');
INSERT INTO kit_page (id, kit_id, number, page_id, counted_at) VALUES (1, 1, 1, 1, '2026-08-27 07:00:00+00:00');
