import { type Spot, SpotTest } from '@plumbline/core/inspection'
import { Button, Form, Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { newRequestId } from '../../kit/api.ts'

interface SpotEditorProps {
  itemCode: string | null
  title: string
  onDone: (spot: Spot) => void
  onClose: () => void
}

const faults: Record<string, string> = {
  spot_tolerance_missing: '上偏差和下偏差至少填写一个',
  spot_tolerance_reversed: '下偏差不能大于上偏差',
}

type Fields = Omit<SpotTest, 'lower' | 'upper'> & { lower: number | null; upper: number | null }

/** A measured spot test as the acceptance standard asks for it. Which reading passes is computed, not entered. */
export function SpotEditor({ itemCode, title, onDone, onClose }: SpotEditorProps) {
  const [form] = Form.useForm<Fields>()
  const [fault, setFault] = useState<string>()
  const finish = (fields: Fields) => {
    const read = SpotTest.safeParse({ ...fields, lower: fields.lower ?? null, upper: fields.upper ?? null })
    if (read.success) return onDone({ id: newRequestId(), itemCode, test: read.data })
    const message = read.error.issues[0]?.message ?? ''
    setFault(faults[message] ?? '请检查填写的内容')
  }
  const required = { required: true, message: '请填写' }
  return (
    <Modal open title={`实测：${title}`} onCancel={onClose} footer={null} mask={{ closable: false }} destroyOnHidden>
      <Form
        form={form}
        layout="vertical"
        onFinish={finish}
        initialValues={{ readings: [{ place: '1', value: null }], lower: null, upper: null }}
      >
        <Form.Item name="quantity" label="实测项目" rules={[required]}>
          <Input placeholder="防护栏杆高度" maxLength={100} />
        </Form.Item>
        <Form.Item name="part" label="部位" rules={[required]}>
          <Input placeholder="五层临边" maxLength={200} />
        </Form.Item>
        <div className="fields-3">
          <Form.Item name="design" label="设计值" rules={[required]}>
            <InputNumber />
          </Form.Item>
          <Form.Item name="lower" label="下偏差">
            <InputNumber placeholder="-5" />
          </Form.Item>
          <Form.Item name="upper" label="上偏差">
            <InputNumber placeholder="+8" />
          </Form.Item>
        </div>
        <div className="fields-3">
          <Form.Item name="unit" label="单位" rules={[required]}>
            <Input placeholder="mm" maxLength={20} />
          </Form.Item>
          <Form.Item name="instrument" label="仪器编号">
            <Input maxLength={100} />
          </Form.Item>
        </div>
        <Form.Item name="clause" label="允许偏差的依据" rules={[required]}>
          <Input placeholder="JGJ 80-2016 第4.3.1条" maxLength={200} />
        </Form.Item>
        <Form.List name="readings">
          {(rows, { add, remove }) => (
            <fieldset className="readings">
              <legend>实测值</legend>
              {rows.map(({ key, name }) => (
                <div key={key} className="reading-row">
                  <Form.Item name={[name, 'place']} rules={[required]} noStyle>
                    <Input aria-label="测点" maxLength={100} />
                  </Form.Item>
                  <Form.Item name={[name, 'value']} rules={[required]} noStyle>
                    <InputNumber aria-label="读数" />
                  </Form.Item>
                  <Button onClick={() => remove(name)} disabled={rows.length === 1}>
                    删去
                  </Button>
                </div>
              ))}
              <Button onClick={() => add({ place: `${rows.length + 1}`, value: null })}>再加一点</Button>
            </fieldset>
          )}
        </Form.List>
        {fault && (
          <p className="failure" role="alert">
            {fault}
          </p>
        )}
        <div className="form-buttons">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" htmlType="submit">
            记入
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
