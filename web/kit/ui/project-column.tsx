import { Link } from 'react-router'
import type { Column } from './DataTable.tsx'

/** The column of a list whose rows each belong to one project. */
export const projectColumn: Column<{ projectId: string; projectName: string }> = {
  key: 'project',
  title: '项目',
  render: ({ projectId, projectName }) => <Link to={`/project/${projectId}`}>{projectName}</Link>,
}
