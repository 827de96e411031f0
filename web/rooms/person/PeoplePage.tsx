import { capacities } from '@plumbline/core/access'
import { personContract } from '@plumbline/core/person'
import type { Reply, Request } from '@plumbline/core/kit'
import { Form, Modal } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useEntry } from '../../kit/entry.ts'
import { useToday } from '../../kit/session.tsx'
import { type Column, DataTable, Failure, FindBox, FormButtons, RegisterPage, Tag } from '../../kit/ui/index.ts'
import { IdNumberField, PersonFields } from './PersonFields.tsx'

type Row = Reply<typeof personContract.list>['rows'][number]

const columnsOn = (today: string): Column<Row>[] => [
  { key: 'name', title: '姓名', render: (row) => <Link to={`/person/${row.id}`}>{row.name}</Link> },
  { key: 'id', title: '身份证号', render: ({ idMasked }) => <span className="num">{idMasked}</span> },
  { key: 'phone', title: '电话', render: ({ phone }) => <span className="num">{phone}</span> },
  {
    key: 'org',
    title: '所属单位',
    render: ({ orgId, orgName }) =>
      orgId ? <Link to={`/org/${orgId}`}>{orgName}</Link> : <span className="muted">—</span>,
  },
  {
    key: 'posts',
    title: '在任岗位',
    render: ({ posts }) =>
      posts.map((post) => (
        <div key={post.projectId + post.capacity} className="person-line">
          {capacities[post.capacity]} <Link to={`/project/${post.projectId}`}>{post.projectName}</Link>
        </div>
      )),
  },
  {
    key: 'certificates',
    title: '证书',
    render: ({ certificates }) =>
      certificates.map(({ kind, number, validTo }) => (
        <div key={number} className="person-line">
          {kind} {validTo && validTo < today && <Tag tone="red">已过期</Tag>}
        </div>
      )),
  },
]

/** 人员库: identity numbers masked, posts and certificates. */
export function PeoplePage() {
  const today = useToday()
  const [params, setParams] = useSearchParams()
  const q = params.get('q')?.slice(0, 60) || undefined
  const org = params.get('org') || undefined
  const pages = usePages(personContract.list, { query: { q, org } })
  return (
    <RegisterPage
      title="人员库"
      lead={org && <Link to="/people">只列出指定单位的人员，点此列出全部</Link>}
      entry={entry}
    >
      <DataTable
        pages={pages}
        columns={columnsOn(today)}
        rowKey={({ id }) => id}
        label="人员"
        empty="没有符合条件的人员。"
        filters={
          <FindBox
            label="查找人员"
            placeholder="姓名、任职项目或拼音首字母"
            value={q}
            onFind={(words) => setParams(words ? { q: words } : {}, { replace: true })}
          />
        }
      />
    </RegisterPage>
  )
}

type Body = Request<typeof personContract.register, 'in'>['body']
type Draft = Body['input'] & { idNumber: string }

function NewPerson({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [form] = Form.useForm<Draft>()
  const { enter, error, pending } = useEntry(personContract.register, form)
  const save = ({ idNumber, ...input }: Draft) =>
    enter({ idNumber, input }, ({ record }) => void navigate(`/person/${record.id}`))
  return (
    <Modal open title="登记人员" footer={null} onCancel={onClose} mask={{ closable: false }} width={640}>
      <Form form={form} layout="vertical" onFinish={save}>
        <IdNumberField />
        <PersonFields />
        {error && <Failure error={error} />}
        <FormButtons pending={pending} onCancel={onClose} label="登记" />
      </Form>
    </Modal>
  )
}

const entry = { label: '登记人员', permission: 'person.write', Form: NewPerson } as const
