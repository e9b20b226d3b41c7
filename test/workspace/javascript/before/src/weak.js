module.exports = { clientKeyFile: 'keys/client.json', password: 'OldPw1!x&y' };
