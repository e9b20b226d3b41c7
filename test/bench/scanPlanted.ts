/** A client key of its own for each place, so that the clients stay apart. */
const keyId = (number: number) => `KAAP.${number.toString(16).padStart(8, '0')}-15d4-4cd3-9f6e-0a1b2c36b8cf`;
const password = (number: number) => `Bench${number}!pw&x`;
const content = (number: number) => JSON.stringify({ KeyId: keyId(number), PrivateKeyData: 'TUlJQmVuY2g=' });
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What surrounds a reference in a source of ordinary size. */
const METHODS = Array.from(
  { length: 40 },
  (_, at) => `  int step${at}(int value) { return value * ${at + 1} + ${at}; }`,
).join('\n');
const FUNCTIONS = Array.from(
  { length: 40 },
  (_, at) => `func step${at}(value int) int { return value*${at + 1} + ${at} }`,
).join('\n');
const DEFS = Array.from(
  { length: 40 },
  (_, at) => `def step_${at}(value):\n    return value * ${at + 1} + ${at}\n`,
).join('\n');
const SCRIPT = Array.from(
  { length: 40 },
  (_, at) => `export function step${at}(value) { return value * ${at + 1}; }`,
).join('\n');
const SETTINGS = Array.from({ length: 30 }, (_, at) => `service.setting${at}=value${at}`).join('\n');

/** One client in each notation: the files that name it, together two references. */
const SHAPES: readonly ((number: number) => Readonly<Record<string, string>>)[] = [
  (at) => ({
    'Keys.java': `import com.aliyun.dkms.gcs.openapi.models.Config;\nclass Keys {\n${METHODS}\n  Config open() {\n    return new Config().setClientKeyFile("keys/clientKey_${keyId(at)}.json").setPassword("${password(at)}");\n  }\n}\n`,
  }),
  (at) => ({
    'secretsmanager.properties': `${SETTINGS}\ncredentials_type=client_key\nclient_key_private_key_path=keys/clientKey_${keyId(at)}.json\nclient_key_password_from_file_path=keys/clientKey_${keyId(at)}_Password.txt\n`,
  }),
  (at) => ({
    '.env': `KMS_CLIENT_KEY_FILE=keys/clientKey_${keyId(at)}.json\nKMS_CLIENT_KEY_PASSWORD='${password(at)}'\n`,
  }),
  (at) => ({
    'keys.go': `package keys\n\nimport (\n\tdk "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"\n\t"github.com/alibabacloud-go/tea/tea"\n)\n\n${FUNCTIONS}\n\nvar config = &dk.Config{ClientKeyFile: tea.String("keys/clientKey_${keyId(at)}.json"), Password: tea.String("${password(at)}")}\n`,
  }),
  (at) => ({
    'keys.py': `from openapi.models import Config\n\n${DEFS}\nconfig = Config(client_key_file='keys/clientKey_${keyId(at)}.json', password='${password(at)}')\n`,
  }),
  (at) => ({
    'nacos.ts': `${SCRIPT}\nexport const options = { kmsClientKeyFilePath: './clientKey_${keyId(at)}.json', kmsPassword: '${password(at)}' };\n`,
  }),
  (at) => ({
    'keys.php': `<?php\nuse AlibabaCloud\\Dkms\\Gcs\\OpenApi\\Models\\Config;\n$config = new Config(['clientKeyFile' => 'keys/clientKey_${keyId(at)}.json', 'password' => '${password(at)}']);\n`,
  }),
  (at) => ({
    'secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: ck${at}}\ndata:\n  clientkey: ${base64(content(at))}\n  password: ${base64(password(at))}\n`,
  }),
  (at) => ({
    'client.json': `{"service": "orders", "clientKeyFile": "keys/clientKey_${keyId(at)}.json", "password": "${password(at)}"}\n`,
  }),
  (at) => ({
    'Keys.kt': `import com.aliyun.dkms.gcs.openapi.models.Config\nclass Keys {\n  val config = Config().apply { clientKeyFile = "keys/clientKey_${keyId(at)}.json"; password = "${password(at)}" }\n}\n`,
  }),
  (at) => ({
    'beans.xml': `<beans>\n  <bean class="com.aliyun.dkms.gcs.openapi.models.Config">\n    <property name="clientKeyFile" value="keys/clientKey_${keyId(at)}.json"/>\n    <property name="password" value="Bench${at}!pw"/>\n  </bean>\n</beans>\n`,
  }),
  (at) => ({
    'start.sh': `#!/bin/sh\nexport client_key_private_key_path=./clientKey_${keyId(at)}.json\nexport client_key_password='${password(at)}'\nexec java -jar app.jar\n`,
  }),
];

/** How many clients are planted: two references each. */
const CLIENTS = 100;
/** Names of other products that the filter lets through and the parser refuses. */
const DECOYS = 20;

/** The files in which references stand, and some that only look as if, by folder. */
export function plantedFiles(): readonly Readonly<Record<string, string>>[] {
  const clients = Array.from({ length: CLIENTS }, (_, at) => SHAPES[at % SHAPES.length]?.(at) ?? {});
  const decoys = Array.from({ length: DECOYS }, (_, at) => ({
    'tls.ts': `${SCRIPT}\nexport const tls${at} = { clientKey: './tls/client-key.pem', clientKeyPassword: process.env.TLS_PASSWORD };\n`,
  }));
  return [...clients, ...decoys];
}

/** Whether a reference stands in a planted file. */
export function isClient(file: string): boolean {
  return !file.endsWith('tls.ts');
}
