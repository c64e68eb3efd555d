// A program that this is loaded into runs as a user whom mode bits stop.
process.setgroups([]);
process.setgid(65534);
process.setuid(65534);
