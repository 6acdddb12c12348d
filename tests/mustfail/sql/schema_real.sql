-- fault 2: REAL is not portable SQL
CREATE TABLE a (b REAL);
