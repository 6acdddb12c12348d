-- fault 1: family is kept by paying parent: pp must be in its PRIMARY KEY and in every UNIQUE
CREATE TABLE family (pp INTEGER NOT NULL, id INTEGER PRIMARY KEY);
