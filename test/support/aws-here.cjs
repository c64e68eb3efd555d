// Every https connection of this process goes, in clear, to a server on this machine: what believes that it talks to AWS
// talks to a stub or an emulator. For tests of what a run does with real credentials; AWS_HERE is the server's port.
const https = require("node:https");
const net = require("node:net");
const { env } = require("node:process");

const port = Number(env.AWS_HERE);
if (port > 0) {
  https.Agent.prototype.createConnection = () => net.connect(port, "127.0.0.1");
}
