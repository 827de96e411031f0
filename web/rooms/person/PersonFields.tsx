import { isIdCard } from '@plumbline/core/kit'
import { Button, DatePicker, Form, Input } from 'antd'
import { dayField } from '../../kit/day.ts'
import { useOrgs } from '../../kit/found.ts'
import { type Choice, Picker } from '../../kit/ui/index.ts'
import './person.css'

const needed = [{ required: true, message: '请填写' }]

const idFits = (_: unknown, number: string | undefined) =>
  !number || isIdCard(number.trim().toUpperCase())
    ? Promise.resolve()
    : Promise.reject(new Error('身份证号的位数、日期或校验位不对'))

/** The number is asked once, when the person is registered, and kept encrypted. */
export const IdNumberField = () => (
  <Form.Item
    name="idNumber"
    label="居民身份证号"
    rules={[{ required: true, message: '请填写' }, { validator: idFits }]}
    extra="加密另存，页面只显示首尾几位；查看全号须写明事由"
  >
    <Input maxLength={18} autoComplete="off" />
  </Form.Item>
)

/** What a person's record says beside the number. */
export function PersonFields({ org }: { org?: Choice | null }) {
  return (
    <>
      <Form.Item name="name" label="姓名" rules={needed}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="phone" label="电话">
        <Input maxLength={30} inputMode="tel" />
      </Form.Item>
      <Form.Item name="orgId" label="所属单位">
        <Picker useFound={useOrgs} known={org ? [org] : []} label="所属单位" />
      </Form.Item>
      <Form.Item label="证书">
        <Form.List name="certificates">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }) => (
                <div key={key} className="person-row">
                  <Form.Item name={[name, 'kind']} rules={needed}>
                    <Input placeholder="证书名称" aria-label="证书名称" maxLength={40} />
                  </Form.Item>
                  <Form.Item name={[name, 'number']} rules={needed}>
                    <Input placeholder="编号" aria-label="证书编号" maxLength={60} />
                  </Form.Item>
                  <Form.Item name={[name, 'validTo']} {...dayField}>
                    <DatePicker format="YYYY-MM-DD" placeholder="有效期至" aria-label="有效期至" />
                  </Form.Item>
                  <Button onClick={() => remove(name)}>移除</Button>
                </div>
              ))}
              <Button type="dashed" onClick={() => add({ validTo: null })}>
                添加证书
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
    </>
  )
}
