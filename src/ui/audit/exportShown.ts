import { homedir } from 'node:os';
import { Uri, window, workspace } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import { t } from '../localise';
import { printable } from '../words';
import type { AuditReading } from './auditReading';
import { writeAtOnce } from './exportFile';
import { toCsv, toJson } from './exportFormats';
import { exportRecords } from './exportRecords';

/** *Export CSV…* and *Export JSON…*: asks for a file and writes what the view shows at this moment. */
export async function exportShown(reading: AuditReading, format: 'csv' | 'json'): Promise<void> {
  const shown = exportRecords(reading, t);
  const uri = await window.showSaveDialog({
    title: t('Export what the audit view shows'),
    defaultUri: Uri.joinPath(startFolder(), fileName(reading, format)),
    filters: format === 'csv' ? { CSV: ['csv'] } : { JSON: ['json'] },
  });
  if (uri === undefined) return;
  const text = format === 'csv' ? toCsv(shown) : toJson(shown);
  try {
    if (uri.scheme === 'file') await writeAtOnce(uri.fsPath, text);
    else await workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));
  } catch (error) {
    const why = printable(error instanceof Error ? error.message : String(error), 300);
    void window.showErrorMessage(
      t('{0} could not be written: {1}. Choose another folder and export again.', uri.fsPath, why),
    );
    return;
  }
  const open = t('Open');
  // Nobody waits for the answer: the message may stand for minutes.
  void window.showInformationMessage(t('Exported to {0}.', uri.fsPath), open).then(async (chosen) => {
    if (chosen === open) await window.showTextDocument(uri);
  });
}

function startFolder(): Uri {
  return workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
}

/** `audit-KAAP.66abf237-7d.csv`; nothing that a file system would refuse. */
function fileName({ names, range }: AuditReading, format: string): string {
  const key = shortKeyId(names.oldKeyId).replace(/[^\w.-]+/g, '-');
  return `audit-${key}-${range}.${format}`;
}
