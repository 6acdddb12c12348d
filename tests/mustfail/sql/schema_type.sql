-- fault 1: a.b is ANY; there are INTEGER, TEXT and BLOB
CREATE TABLE a (b ANY);
