-- fault 2: this statement has no end
CREATE TABLE a (b TEXT)
