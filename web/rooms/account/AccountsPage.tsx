import { capacities } from '@plumbline/core/access'
import { type Account, accountContract } from '@plumbline/core/account'
import type { Request } from '@plumbline/core/kit'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useEntry } from '../../kit/entry.ts'
import { type Column, DataTable, Failure, FormButtons, Page, Picker, StateTag } from '../../kit/ui/index.ts'
import { usePeople } from '../../kit/found.ts'
import { Once } from './Once.tsx'

const inForce = ({ appointments }: Account) => appointments.filter(({ until }) => until === null)

const columns: Column<Account>[] = [
  { key: 'name', title: '姓名', render: (row) => <Link to={`/account/${row.id}`}>{row.name}</Link> },
  { key: 'login', title: '登录名', render: ({ login }) => <span className="num">{login}</span> },
  {
    key: 'appointments',
    title: '现任职责',
    render: (row) =>
      inForce(row).map(({ id, capacity, scope }) => (
        <div key={id}>
          {capacities[capacity]} <span className="muted">{scope}</span>
        </div>
      )),
  },
  {
    key: 'state',
    title: '状态',
    render: ({ state }) => <StateTag label={state === 'disabled' ? '停用' : '启用'} open={state !== 'disabled'} />,
  },
]

/** 账号: who may sign in, and in which capacities. */
export function AccountsPage() {
  const pages = usePages(accountContract.list, { query: {} })
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<{ id: string; name: string; password: string | null }>()
  return (
    <Page
      title="账号"
      lead="一人一号；职责由任命而来，免去后即时失效。"
      actions={
        <Button type="primary" onClick={() => setAdding(true)}>
          建立账号
        </Button>
      }
    >
      {made && (
        <div role="status">
          <Once name={made.name} password={made.password} />
          <p>
            <Link to={`/account/${made.id}`}>接着任命 {made.name}</Link>
          </p>
        </div>
      )}
      <DataTable pages={pages} columns={columns} rowKey={({ id }) => id} label="账号" empty="还没有账号。" />
      {adding && (
        <NewAccount
          onClose={() => setAdding(false)}
          onMade={(one) => {
            setMade(one)
            setAdding(false)
          }}
        />
      )}
    </Page>
  )
}

type Draft = Omit<Request<typeof accountContract.create, 'in'>['body'], 'requestId'>

interface NewAccountProps {
  onClose: () => void
  onMade: (made: { id: string; name: string; password: string | null }) => void
}

function NewAccount({ onClose, onMade }: NewAccountProps) {
  const [form] = Form.useForm<Draft>()
  const { enter, error, pending } = useEntry(accountContract.create, form, [])
  const save = (draft: Draft) => enter(draft, (made) => onMade({ ...made, name: draft.name }))
  return (
    <Modal open title="建立账号" footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form form={form} layout="vertical" onFinish={save}>
        <Form.Item
          name="personId"
          label="人员"
          rules={[{ required: true, message: '请选择' }]}
          extra="须先在人员库登记"
        >
          <Picker useFound={usePeople} label="人员" onName={({ name }) => form.setFieldsValue({ name })} />
        </Form.Item>
        <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写' }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="login"
          label="登录名"
          rules={[
            { required: true, message: '请填写' },
            { pattern: /^[a-z0-9._-]{3,40}$/i, message: '3 至 40 位字母、数字、点、横线' },
          ]}
        >
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        {error && <Failure error={error} />}
        <FormButtons pending={pending} onCancel={onClose} label="建立" />
      </Form>
    </Modal>
  )
}
