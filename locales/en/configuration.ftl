# What is wrong with a configuration, and what loket doctor finds. { $site } is the file, line and key. The keys and variables are those of ../nl/configuration.ftl.
