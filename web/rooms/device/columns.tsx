import { type DeviceKind, kindNames } from '@plumbline/core/device'
import { Link } from 'react-router'
import { type Column, projectColumn } from '../../kit/ui/index.ts'

interface Listed {
  id: string
  name: string
  mn: string
  kind: DeviceKind
  projectId: string
  projectName: string
}

/** What every list of devices begins with: name and number, kind, project. */
export const deviceColumns: Column<Listed>[] = [
  {
    key: 'name',
    title: '设备',
    render: (row) => (
      <>
        <Link to={`/device/${row.id}`}>{row.name}</Link>
        <div className="tiny muted num">{row.mn}</div>
      </>
    ),
  },
  { key: 'kind', title: '类别', render: ({ kind }) => kindNames[kind] },
  projectColumn,
]
