export interface ClientOptions {
  kmsClientKeyFilePath?: string;
  kmsClientKeyContent?: string;
  kmsPassword?: string;
}
export type Login = { username: 'nacos'; password: 'Nacos1!login' };
