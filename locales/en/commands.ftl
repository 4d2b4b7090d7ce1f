# The commands in the chat: names, options and choices. A name holds small letters, digits and hyphens only. The keys and variables are those of ../nl/commands.ftl.
