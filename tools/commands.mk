# The list of commands: one line for each src/cli/command_NAME.c.
GENERATED_H += build/gen/commands.h
COMMANDS := $(sort $(patsubst src/cli/command_%.c,%,$(wildcard src/cli/command_*.c)))
build/gen/commands.h: $(wildcard src/cli/command_*.c) tools/commands.mk
	@mkdir -p $(@D); printf 'COMMAND(%s)\n' $(COMMANDS) > $@
