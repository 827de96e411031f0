import { Form, Input } from 'antd'

const needed = [{ required: true, message: '请填写' }]

/** The old password, the new one, and the new one again: a slip of the finger must not lock anybody out. */
export function OwnPasswordFields() {
  return (
    <>
      <Form.Item name="old" label="现在的密码" rules={needed}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="new" label="新密码" rules={[...needed, { min: 10, message: '至少 10 个字' }]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label="再填一次新密码"
        dependencies={['new']}
        rules={[
          ...needed,
          ({ getFieldValue }) => ({
            validator: (_, again) =>
              again === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error('两次填写的密码不同')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </>
  )
}
