import { basename, relative } from 'node:path';
import type { ManualStep, ReferenceRole } from '../../model/reference';
import type { CredentialFiles } from '../../model/rotation';
import { isPath, type ResolvedClient, type ResolvedMember } from './grouping';

/** What remains to be done by hand for a client: values that no file here sets, and files that have to be brought elsewhere. */
export function manualStepsOf({ members, documentation }: ResolvedClient): readonly ManualStep[] {
  if (documentation) return [];
  const steps = members.flatMap((member): readonly ManualStep[] => {
    if (member.isAside === true) return [];
    const step = stepOf(member);
    return step === undefined ? [] : [step];
  });
  return [...new Map(steps.map((step) => [`${step.kind} ${step.name} ${step.role}`, step])).values()];
}

function stepOf({ found, obstacle, resolved, file, folder }: ResolvedMember): ManualStep | undefined {
  const role = found.role === 'passwordEnv' ? 'password' : found.role;
  if (obstacle === 'encrypted')
    return { kind: 'secretStore', name: found.name ?? relative(folder, file).replaceAll('\\', '/'), role };
  if (obstacle === 'lookup') {
    const lookup =
      found.lookup ??
      (found.value === undefined ? undefined : ({ in: 'environment', name: found.value } as const));
    if (lookup === undefined) return undefined;
    switch (lookup.in) {
      case 'environment':
        return { kind: 'environment', name: lookup.name, role };
      case 'settings':
      case 'either':
        return { kind: 'setting', name: lookup.name, role };
      case 'secret':
        return { kind: 'kubernetesSecret', name: lookup.name, role };
      case 'ci':
        return { kind: ciOf(file), name: lookup.name, role };
    }
  }
  const isElsewhere = isPath(role) && resolved === undefined && found.value !== undefined;
  return isElsewhere && obstacle === undefined ? { kind: 'deliver', name: found.value, role } : undefined;
}

function ciOf(file: string): 'githubSecret' | 'gitlabVariable' | 'secretStore' {
  if (/[\\/]\.github[\\/]/.test(file)) return 'githubSecret';
  return /^\.gitlab-ci.*\.ya?ml$/i.test(basename(file)) || /[\\/]\.gitlab[\\/]/.test(file)
    ? 'gitlabVariable'
    : 'secretStore';
}

/**
 * The command that does a manual step. It reads from the saved files, so that no value goes through a clipboard or into the
 * history of a shell; the path of a file is no secret and stands in it.
 * @param all the steps of the client: those of one Kubernetes Secret are done by one command, which would otherwise take
 * the other's value away and let a program read new with old
 * @returns undefined where no command can do it: a sentence has to say it
 */
export function manualStepCommand(
  step: ManualStep,
  files: CredentialFiles,
  all: readonly ManualStep[],
): string | undefined {
  const { kind, name, role } = step;
  const file = quoteForShell(fileFor(role, files));
  const print = isPath(role) ? `printf %s ${file}` : undefined;
  switch (kind) {
    case 'environment':
      if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
      return print === undefined ? `export ${name}="$(cat ${file})"` : `export ${name}=${file}`;
    case 'githubSecret':
      return print === undefined
        ? `gh secret set ${quoteForShell(name)} < ${file}`
        : `${print} | gh secret set ${quoteForShell(name)}`;
    case 'gitlabVariable':
      return print === undefined
        ? `glab variable set ${quoteForShell(name)} < ${file}`
        : `${print} | glab variable set ${quoteForShell(name)}`;
    case 'kubernetesSecret':
      return secretCommand(step, files, all);
    case 'setting':
    case 'secretStore':
    case 'deliver':
      return undefined;
  }
}

function secretCommand(
  { name }: ManualStep,
  files: CredentialFiles,
  all: readonly ManualStep[],
): string | undefined {
  const [namespace = '', secret = '', key = ''] = name.split('/');
  if (secret === '' || key === '') return undefined;
  const sources = all.flatMap((one) => {
    const [, , ownKey = ''] = one.name.split('/');
    const isSame = one.kind === 'kubernetesSecret' && one.name === `${namespace}/${secret}/${ownKey}`;
    return isSame && ownKey !== ''
      ? [`--from-file=${quoteForShell(ownKey)}=${quoteForShell(fileFor(one.role, files))}`]
      : [];
  });
  const space = namespace === '' ? [] : ['--namespace', quoteForShell(namespace)];
  const create = ['kubectl create secret generic', quoteForShell(secret), ...space, ...new Set(sources)];
  return `${create.join(' ')} --dry-run=client -o yaml | kubectl apply -f -`;
}

function fileFor(role: ReferenceRole, files: CredentialFiles): string {
  return isPassword(role) ? files.passwordFile : files.credentialFile;
}

/** A word of a POSIX shell. What needs no quotes gets none: people read it. */
function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function isPassword(role: ReferenceRole): boolean {
  return (
    role === 'password' ||
    role === 'passwordFile' ||
    role === 'passwordEnv' ||
    role === 'credentialPasswordFile'
  );
}
