import type { Request } from '@plumbline/core/kit'
import { type Org, orgContract, orgKinds, OrgKind } from '@plumbline/core/org'
import { Form, Modal } from 'antd'
import { Link, useNavigate } from 'react-router'
import { usePages } from '../../kit/api.ts'
import { useEntry } from '../../kit/entry.ts'
import { useFilter } from '../../kit/filter.ts'
import {
  type Column,
  DataTable,
  Failure,
  FilterSelect,
  FindBox,
  FormButtons,
  RegisterPage,
  StateTag,
} from '../../kit/ui/index.ts'
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
  const { filter, set } = useFilter(['q', 'kind'])
  const q = filter.q?.slice(0, 60)
  const kind = OrgKind.safeParse(filter.kind).data
  const pages = usePages(orgContract.list, { query: { q, kind } })
  return (
    <RegisterPage title="企业库" entry={entry}>
      <DataTable
        pages={pages}
        columns={columns}
        rowKey={({ id }) => id}
        label="企业"
        empty="没有符合条件的企业。"
        filters={
          <>
            <FindBox
              label="查找企业"
              placeholder="名称、信用代码或拼音首字母"
              value={q}
              onFind={(words) => set({ q: words })}
            />
            <FilterSelect
              label="类别"
              value={kind}
              options={kinds}
              onChange={(value) => set({ kind: value })}
              width={150}
            />
          </>
        }
      />
    </RegisterPage>
  )
}

type Draft = Request<typeof orgContract.register, 'in'>['body']['input']

function NewOrg({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [form] = Form.useForm<Draft>()
  const { enter, error, pending } = useEntry(orgContract.register, form)
  const save = (input: Draft) => enter({ input }, ({ record }) => void navigate(`/org/${record.id}`))
  return (
    <Modal open title="登记企业" footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form form={form} layout="vertical" onFinish={save}>
        <OrgFields fresh />
        {error && <Failure error={error} />}
        <FormButtons pending={pending} onCancel={onClose} label="登记" />
      </Form>
    </Modal>
  )
}

const entry = { label: '登记企业', permission: 'org.write', Form: NewOrg } as const
