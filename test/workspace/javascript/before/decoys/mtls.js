const https = require('https');
const fs = require('fs');

const clientKey = fs.readFileSync('client-key.pem');
exports.agent = new https.Agent({ clientKey: 'keys/client.json', cert: fs.readFileSync('client.crt'), password: 'Tls1!xyzz' });
exports.plain = { clientKeyFile: 'certs/client.key', clientCertFile: 'certs/client.crt', password: 'Tls1!xyzz' };
