import { capacities } from '@plumbline/core/access'
import { personContract } from '@plumbline/core/person'
import type { Reply, Request } from '@plumbline/core/kit'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { newRequestId, usePages, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { mayOpen, useSession, useToday } from '../../kit/session.tsx'
import { type Column, DataTable, Failure, FormButtons, Page, Tag } from '../../kit/ui/index.ts'
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
  const session = useSession()
  const today = useToday()
  const [params, setParams] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const q = params.get('q')?.slice(0, 60) || undefined
  const org = params.get('org') || undefined
  const pages = usePages(personContract.list, { query: { q, org } })
  return (
    <Page
      title="人员库"
      lead={org && <Link to="/people">只列出指定单位的人员，点此列出全部</Link>}
      actions={
        mayOpen(session, 'person.write') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            登记人员
          </Button>
        )
      }
    >
      <DataTable
        pages={pages}
        columns={columnsOn(today)}
        rowKey={({ id }) => id}
        label="人员"
        empty="没有符合条件的人员。"
        filters={
          <Input.Search
            key={q ?? ''}
            style={{ width: 280 }}
            aria-label="查找人员"
            placeholder="姓名、任职项目或拼音首字母"
            defaultValue={q}
            maxLength={60}
            allowClear
            onSearch={(words) => setParams(words.trim() ? { q: words.trim() } : {}, { replace: true })}
          />
        }
      />
      {adding && <NewPerson onClose={() => setAdding(false)} />}
    </Page>
  )
}

type Body = Request<typeof personContract.register, 'in'>['body']
type Draft = Body['input'] & { idNumber: string }

function NewPerson({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [form] = Form.useForm<Draft>()
  const [requestId, setRequestId] = useState(newRequestId)
  const send = useSend(personContract.register)
  const save = ({ idNumber, ...input }: Draft) =>
    send.mutate(
      { body: { requestId, idNumber, input } },
      {
        onSuccess: ({ record }) => void navigate(`/person/${record.id}`),
        onError: (error) => {
          if (error.kind !== 'network') setRequestId(newRequestId())
          markFields(form, error, ['input'])
        },
      },
    )
  return (
    <Modal open title="登记人员" footer={null} onCancel={onClose} mask={{ closable: false }} width={640}>
      <Form form={form} layout="vertical" onFinish={save}>
        <IdNumberField />
        <PersonFields />
        {send.error && <Failure error={send.error} />}
        <FormButtons pending={send.isPending} onCancel={onClose} label="登记" />
      </Form>
    </Modal>
  )
}
