import {
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import { contextValueOf, type Row } from './row';

const EXPANSION = {
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
};

/** A row as VS Code's tree shows it; `node` is handed to the command of a click. */
export function treeItemOf(row: Row, node: unknown): TreeItem {
  const item = new TreeItem(
    row.label,
    row.expansion ? EXPANSION[row.expansion] : TreeItemCollapsibleState.None,
  );
  item.id = row.id;
  item.contextValue = contextValueOf(row);
  if (row.description !== undefined) item.description = row.description;
  // Plain text, so that nothing the service or a file says is read as markup.
  item.tooltip = row.tooltip ?? row.label;
  if (row.icon) item.iconPath = new ThemeIcon(row.icon, row.color ? new ThemeColor(row.color) : undefined);
  if (row.resource) item.resourceUri = Uri.parse(row.resource);
  item.accessibilityInformation = {
    label: row.spoken ?? [row.label, row.description].filter(Boolean).join(', '),
  };
  if (row.click) item.command = { ...row.click, arguments: [node] };
  if (row.checked !== undefined)
    item.checkboxState = row.checked ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked;
  return item;
}
