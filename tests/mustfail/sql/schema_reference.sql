-- fault 2: unknown datatype for a.b
CREATE TABLE a (b TEXT REFERENCE c);
