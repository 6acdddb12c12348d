# sqlc: sql/*.sql becomes build/gen/sql.h and sql.c; tests/sql becomes test_sql.h and test_sql.c, which
# only test_store.c includes.
TOOLLIBS_sqlc := -lsqlite3
SQLFILES      := $(filter-out sql/schema.sql,$(sort $(wildcard sql/*.sql)))
TESTSQL       := $(filter-out tests/sql/schema.sql,$(sort $(wildcard tests/sql/*.sql)))
GENERATED_C   += build/gen/sql.c
GENERATED_H   += build/gen/sql.h build/gen/test_sql.h
build/gen/sql.c build/gen/sql.h &: build/tools/sqlc sql/schema.sql $(SQLFILES)
	@mkdir -p build/gen; echo "  sqlc sql"
	@build/tools/sqlc build/gen/sql sql/schema.sql $(SQLFILES)
build/gen/test_sql.c build/gen/test_sql.h &: build/tools/sqlc tests/sql/schema.sql $(TESTSQL)
	@mkdir -p build/gen; echo "  sqlc tests/sql"
	@build/tools/sqlc build/gen/test_sql tests/sql/schema.sql $(TESTSQL)
