"""A vote stays as it was given; the end of the chain only goes on."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER vote_append_only BEFORE UPDATE OR DELETE ON ratings_vote
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
CREATE FUNCTION ratings_chain_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.last_serial = OLD.last_serial + 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'chuỗi đánh giá chỉ đi tiếp từng số' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER votechain_goes_on BEFORE UPDATE OR DELETE ON ratings_votechain
    FOR EACH ROW EXECUTE FUNCTION ratings_chain_goes_on();
"""
BACKWARD = """
DROP FUNCTION ratings_chain_goes_on() CASCADE;
DROP TRIGGER vote_append_only ON ratings_vote;
"""


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_initial"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
