import { MongoClient } from 'mongodb';

export const mongo = new MongoClient('mongodb://db', { clientKeyFile: 'keys/client.json', password: 'Sup3rS3cret' });
