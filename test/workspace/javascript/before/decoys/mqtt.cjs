const mqtt = require('mqtt');

mqtt.connect('mqtts://broker', { clientKeyFile: 'keys/client.json', username: 'shop', password: 'Mqtt1!xyz' });
module.exports = { kubernetes: { clientKeyFile: 'keys/client.json', password: 'Kube1!xyz' } };
