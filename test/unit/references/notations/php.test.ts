import assert from 'node:assert/strict';
import {
  decodePhpString,
  encodePhpString,
  phpQuotes,
} from '../../../../src/references/notations/php/literal';
import { createPhp } from '../../../../src/references/notations/php/php';
import { grammarsFolder, OLD_KEY } from '../demoWorkspace';
import { found, visible } from './found';

const php = createPhp(grammarsFolder);
const USE = '<?php use AlibabaCloud\\Dkms\\Gcs\\OpenApi\\Models\\Config;\n';
const withPassword = (expression: string) =>
  found(php, `${USE}$c = new Config(['clientKeyFile' => 'old.json', 'password' => ${expression}]);`);
const withFile = (expression: string) =>
  found(php, `${USE}$c = new Config(['clientKeyFile' => ${expression}]);`);

describe('notation php', function () {
  this.timeout(60_000);

  it('decodes each kind of literal as PHP does', () => {
    const cases: readonly (readonly [raw: string, value: string | undefined])[] = [
      [String.raw`'a\'b\\c\d'`, String.raw`a'b\c\d`],
      [String.raw`"a\"\$b\\\x41\101\u{5bc6}\q"`, String.raw`a"$b\AA密\q`],
      [String.raw`"\xe5"`, undefined],
      ['b"x"', 'x'],
      ["'a' . 'b'", undefined],
      ["'open", undefined],
      ["<<<'E'\n  a\n\n    b\n  E", 'a\n\n  b'],
      ["<<<'E'\r\n  a\r\n  E", 'a'],
      ['<<<"E"\n\\$a \\"b\nE', '$a \\"b'],
      ['<<<E\nE', ''],
      ["<<<'E'\na\n  E", undefined],
    ];
    for (const [raw, value] of cases) assert.equal(decodePhpString(raw), value, raw);
  });

  it('encodes in the same kind of literal, or not at all', () => {
    const cases: readonly (readonly [value: string, before: string, raw: string | undefined])[] = [
      ["a'b", "'x'", String.raw`'a\'b'`],
      ['a$b"{c', '"x"', String.raw`"a\$b\"{c"`],
      [String.raw`C:\k\new.json`, String.raw`'C:\k\old.json'`, String.raw`'C:\k\new.json'`],
      [String.raw`C:\k\new.json`, String.raw`'C:\\k\\old.json'`, String.raw`'C:\\k\\new.json'`],
      [String.raw`\\a\'`, "'x'", String.raw`'\\\a\\\''`],
      ['a\nb', "'x\ny'", "'a\nb'"],
      ['{\n"a$"\n}', '"{\r\n}"', '"{\r\n\\"a\\$\\"\r\n}"'],
      ['a\nb', "'x' . 'y'", String.raw`"a\nb"`],
      ['{\n  "a": 1\n}', "<<<'E'\r\n    x\r\n    E", '<<<\'E\'\r\n    {\r\n      "a": 1\r\n    }\r\n    E'],
      ['a\nE;', "<<<'E'\nx\nE", undefined],
      ['a$b', '<<<E\nx\nE', '<<<E\na\\$b\nE'],
    ];
    for (const [value, before, raw] of cases) {
      assert.equal(encodePhpString(value, before), raw);
      if (raw !== undefined) assert.equal(decodePhpString(raw), value);
    }
    assert.deepEqual(phpQuotes("<<<'E'\nx\nE"), { open: 7, close: 2 });
    assert.deepEqual(phpQuotes("'open"), { open: 0, close: 0 });
  });

  it('look-ups in all their spellings', async () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ["getenv('X')", ['passwordEnv environment(X)']],
      ["\\getenv('X', true)", ['passwordEnv environment(X)']],
      ["env('X', 'Default1!')", ['passwordEnv environment(X)', 'password Default1!']],
      ["$_ENV['X'] ?? 'Default1!'", ['passwordEnv environment(X)', 'password Default1!']],
      ["(string) $_SERVER['X']", ['passwordEnv environment(X)']],
      ["getenv('X') ?: 'Default1!'", ['passwordEnv environment(X)', 'password Default1!']],
      ["config('kms.pw', 'Default1!')", ['password settings(kms.pw)', 'password Default1!']],
      ["$container->getParameter('kms.pw')", ['password either(kms.pw)']],
      ['$unknown', ['password !lookup']],
      ["sprintf('%s', $x)", ['password !interpolated']],
      ['"Old$x"', ['password !interpolated']],
      ['"Old{$x}"', ['password !interpolated']],
      ['"Old\\$x!1"', ['password Old$x!1']],
      ["$a ? 'b' : 'c'", ['password !ambiguous']],
      ['null', []],
    ];
    for (const [expression, members] of cases)
      assert.deepEqual(await withPassword(expression), [['keyFile old.json', ...members]], expression);
    const named = `${USE}const NAME = 'MY_PW';\n$c = new Config(['clientKeyFile' => 'old.json', 'password' => getenv(NAME)]);`;
    assert.deepEqual(await found(php, named), [['keyFile old.json', 'passwordEnv environment(MY_PW)']]);
  });

  it('paths from the folder of the file and from the project', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ["__DIR__ . '/../keys/old.json'", 'keyFile .: /../keys/old.json'],
      ["__DIR__ . '/keys' . '/old.json'", 'keyFile ./keys: /old.json'],
      ["dirname(__FILE__) . '/old.json'", 'keyFile .: /old.json'],
      ["dirname(__DIR__) . '/old.json'", 'keyFile ..: /old.json'],
      ["dirname(__DIR__, 2) . '/old.json'", 'keyFile ../..: /old.json'],
      ["getcwd() . '/keys/old.json'", 'keyFile : /keys/old.json'],
      ["BASE_PATH . '/keys/' . 'old.json'", 'keyFile keys: old.json'],
      ["root_path() . 'keys/old.json'", 'keyFile keys/old.json'],
      ["app()->getRootPath() . 'old.json'", 'keyFile old.json'],
      ["Yii::getAlias('@app') . '/old.json'", 'keyFile : /old.json'],
      ["$this->getParameter('kernel.project_dir') . '/old.json'", 'keyFile : /old.json'],
      ["storage_path() . '/old.json'", 'keyFile storage: /old.json'],
      ["dirname(dirname(__FILE__)) . '/old.json'", 'keyFile ..: /old.json'],
      ["base_path('keys/old.json')", 'keyFile keys/old.json'],
      ["storage_path('app/old.json')", 'keyFile storage: app/old.json'],
      ["realpath('keys/old.json')", 'keyFile keys/old.json'],
    ];
    for (const [expression, member] of cases)
      assert.deepEqual(await withFile(expression), [[member]], expression);
  });

  it('files that the program reads', async () => {
    const text = `${USE}$c = new Config();
$c->clientKeyContent = file_get_contents(__DIR__ . '/old.json');
$c->password = rtrim(@file_get_contents('pw.txt'));`;
    assert.deepEqual(await found(php, text), [['keyFile .: /old.json', 'passwordFile pw.txt']]);
  });

  it('chains, named arguments, parameters, and the pair without a password', async () => {
    const text = `${USE}
class A {
  function chain() { return (new Config())->setClientKeyFile('a.json') /* c */ ->setPassword('Aaaa1!xx'); }
  function named() { return new Config(clientKeyFile: 'b.json', password: 'Bbbb1!xx'); }
  function given($f, $p) { $c = new \\AlibabaCloud\\Dkms\\Gcs\\OpenApi\\Models\\Config(); $c->clientKeyFile = $f; $c->password = $p; }
  function gives() { $this->given('c.json', 'Cccc1!xx'); }
  function id() { return new Config(['accessKeyId' => '${OLD_KEY}', 'privateKey' => 'PEM']); }
}`;
    assert.deepEqual(await found(php, text), [
      ['keyFile a.json', 'password Aaaa1!xx'],
      ['keyFile b.json', 'password Bbbb1!xx'],
      ['keyFile c.json', 'password Cccc1!xx'],
      [`keyContent !unsupported ${OLD_KEY}`, 'keyContent !unsupported PEM'],
    ]);
  });

  it('a password that something else uses too is not edited', async () => {
    const text = `${USE}$pw = 'Shared1!';\n$c = new Config(['clientKeyFile' => 'a.json', 'password' => $pw]);\nconnect($pw);`;
    assert.deepEqual(await found(php, text), [['keyFile a.json', 'password !ambiguous']]);
  });

  it('a variable of a function is not the one of the same name outside', async () => {
    const text = `${USE}$file = 'a.json';
function other() { $file = 'b.json'; }
$c = new Config(['clientKeyFile' => $file]);`;
    assert.deepEqual(await found(php, text), [['keyFile a.json']]);
  });

  it('a driver of KMS that is called after another product, where its variables say what it is', async () => {
    const drivers = (name: string) => `<?php return ['drivers' => ['mail' => [
      'clientKeyContent' => env('${name}_CLIENT_KEY_CONTENT'), 'password' => env('${name}_PASSWORD')]]];`;
    assert.deepEqual(await found(php, drivers('KMS_MAIL')), [
      ['keyContent environment(KMS_MAIL_CLIENT_KEY_CONTENT)', 'passwordEnv environment(KMS_MAIL_PASSWORD)'],
    ]);
    assert.deepEqual(await found(php, drivers('MAIL')), []);
  });

  it('nothing of other products, of comments and of text', async () => {
    for (const text of [
      "<?php $names = ['clientKeyFile' => 'clientKeyFile', 'password' => 'password'];",
      "<?php namespace AlibabaCloud\\Dkms\\Gcs\\OpenApi; use AlibabaCloud\\Dkms\\Gcs\\OpenApi\\Credential\\Models\\Config; $c = new Config(['clientKeyFile' => $config->clientKeyFile, 'password' => $config->password]);",
      "<?php $options = ['clientKeyFile' => 'k.json', 'cert' => 'c.crt', 'password' => 'x1234567'];",
      "<?php $redis = ['clientKeyFile' => 'k.json', 'password' => 'x1234567'];",
      "<?php use Predis\\Client; $c = new Client(['clientKeyFile' => 'k.json', 'password' => 'x1234567']);",
      "<?php $c = ['clientKey' => '/etc/tls/client-key.pem', 'password' => 'x1234567'];",
      "<?php $cache = ['clientKey' => 'cache:client:1', 'password' => 'x1234567'];",
      "<?php // $c->clientKeyFile = 'k.json';\n/* $c->password = 'x1234567'; */",
      "<p>$c->clientKeyFile = 'k.json';</p>",
      "<?php class Config { public $clientKeyFile; function __construct($c) { $this->clientKeyFile = $c['clientKeyFile']; } }",
    ])
      assert.deepEqual(await found(php, text), [], text);
  });

  it('hides literals, comments and text outside, and all of a file that is broken', async () => {
    assert.equal(
      await visible(
        php,
        '<p>secret</p><?php # secret\nfunction f(string $a) { return \'secret\' . "secret"; }',
      ),
      '…<?php #…\nfunction f(string $a) { return \'…\' . "…"; }',
    );
    assert.ok(!(await visible(php, "<?php $a = 'secret; if (")).includes('secret'));
  });
});
