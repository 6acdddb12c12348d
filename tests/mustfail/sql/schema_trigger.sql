-- fault 3: a schema holds tables, indexes and views only
CREATE TABLE a (b TEXT);
CREATE TRIGGER c AFTER INSERT ON a BEGIN DELETE FROM a; END;
