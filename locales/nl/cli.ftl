# What the command line says, and the story of the demonstration. The keys and variables are those of ../en/cli.ftl.
