import { isUscc } from '@plumbline/core/kit'
import { orgKinds } from '@plumbline/core/org'
import { Form, Input, Select } from 'antd'
import { useOrgs } from '../../kit/found.ts'
import { Picker } from '../../kit/ui/index.ts'

const needed = [{ required: true, message: '请填写' }]
const kinds = Object.entries(orgKinds).map(([value, label]) => ({ value, label }))

const usccFits = (_: unknown, code: string | undefined) =>
  !code || isUscc(code.trim().toUpperCase())
    ? Promise.resolve()
    : Promise.reject(new Error('统一社会信用代码的位数或校验位不对'))

/** What a person fills in of an enterprise; the code and the group only when it is registered. */
export function OrgFields({ fresh }: { fresh?: boolean }) {
  return (
    <>
      {fresh && (
        <Form.Item
          name="uscc"
          label="统一社会信用代码"
          rules={[{ required: true, message: '请填写' }, { validator: usccFits }]}
        >
          <Input maxLength={18} />
        </Form.Item>
      )}
      <Form.Item name="name" label="企业名称" rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="kinds" label="类别" rules={[{ required: true, message: '请选择' }]}>
        <Select mode="multiple" options={kinds} placeholder="可多选" />
      </Form.Item>
      <Form.Item name="legalPerson" label="法定代表人">
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="phone" label="电话">
        <Input maxLength={30} inputMode="tel" />
      </Form.Item>
      {fresh && (
        <Form.Item name="parentId" label="所属集团">
          <Picker useFound={useOrgs} label="所属集团" />
        </Form.Item>
      )}
    </>
  )
}
