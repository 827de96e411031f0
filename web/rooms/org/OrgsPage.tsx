import { type Org, orgContract, orgKinds, OrgKind } from '@plumbline/core/org'
import { Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { newRequestId, usePages, useSend } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { type Column, DataTable, Failure, FormButtons, Page, StateTag } from '../../kit/ui/index.ts'
import { OrgFields } from './OrgFields.tsx'

const columns: Column<Org>[] = [
  { key: 'name', title: '企业名称', render: (org) => <Link to={`/org/${org.id}`}>{org.name}</Link> },
  { key: 'uscc', title: '统一社会信用代码', render: ({ uscc }) => <span className="num">{uscc}</span> },
  { key: 'kinds', title: '类别', render: ({ kinds }) => kinds.map((kind) => orgKinds[kind]).join('、') },
  { key: 'legalPerson', title: '法定代表人', render: ({ legalPerson }) => legalPerson },
  { key: 'phone', title: '电话', render: ({ phone }) => <span className="num">{phone}</span> },
  {
    key: 'state',
    title: '状态',
    render: ({ state }) => <StateTag label={state === 'revoked' ? '已注销' : '在册'} open={state !== 'revoked'} />,
  },
]

const kinds = Object.entries(orgKinds).map(([value, label]) => ({ value, label }))

/** 企业库 */
export function OrgsPage() {
  const session = useSession()
  const [params, setParams] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const q = params.get('q')?.slice(0, 60) || undefined
  const kind = OrgKind.safeParse(params.get('kind')).data
  const pages = usePages(orgContract.list, { query: { q, kind } })
  const put = (name: string, value: string | undefined) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        return after
      },
      { replace: true },
    )
  return (
    <Page
      title="企业库"
      actions={
        mayOpen(session, 'org.write') && (
          <Button type="primary" onClick={() => setAdding(true)}>
            登记企业
          </Button>
        )
      }
    >
      <DataTable
        pages={pages}
        columns={columns}
        rowKey={({ id }) => id}
        label="企业"
        empty="没有符合条件的企业。"
        filters={
          <>
            <Input.Search
              key={q ?? ''}
              style={{ width: 260 }}
              aria-label="查找企业"
              placeholder="名称、信用代码或拼音首字母"
              defaultValue={q}
              maxLength={60}
              allowClear
              onSearch={(words) => put('q', words.trim())}
            />
            <Select
              aria-label="类别"
              placeholder="类别"
              allowClear
              style={{ minWidth: 120 }}
              value={kind ?? null}
              options={kinds}
              onChange={(value: string | undefined) => put('kind', value)}
            />
          </>
        }
      />
      {adding && <NewOrg onClose={() => setAdding(false)} />}
    </Page>
  )
}

type Draft = Parameters<ReturnType<typeof useSend<typeof orgContract.register>>['mutate']>[0]['body']['input']

function NewOrg({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [form] = Form.useForm<Draft>()
  const [requestId, setRequestId] = useState(newRequestId)
  const send = useSend(orgContract.register)
  const save = (input: Draft) =>
    send.mutate(
      { body: { requestId, input } },
      {
        onSuccess: ({ record }) => void navigate(`/org/${record.id}`),
        onError: (error) => {
          if (error.kind !== 'network') setRequestId(newRequestId())
          markFields(form, error, ['input'])
        },
      },
    )
  return (
    <Modal open title="登记企业" footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form form={form} layout="vertical" onFinish={save}>
        <OrgFields fresh />
        {send.error && <Failure error={send.error} />}
        <FormButtons pending={send.isPending} onCancel={onClose} label="登记" />
      </Form>
    </Modal>
  )
}
