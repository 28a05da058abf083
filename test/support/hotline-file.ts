import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';

/** A complaint as a line of a city's file; what is not said is as on most lines. */
export interface HotlineLine {
  number: string;
  receivedAt?: string;
  caller?: string;
  phone?: string;
  category?: string;
  title?: string;
  content?: string;
  village?: string;
  respondent?: string;
  workers?: string;
  amount?: string;
  anonymous?: string;
  migrant?: string;
}

const HEADER = [
  ...['序号', '工单编号', '来电时间', '来电人', '联系电话', '诉求分类', '标题', '诉求内容', '所属村（社区）'],
  ...['被诉主体', '涉及人数', '涉及金额（元）', '是否匿名', '是否农民工'],
];

/** A city's file as .xlsx: a title above the header, complaints of every kind below it. */
export async function hotlineFile(lines: HotlineLine[], header: string[] = HEADER): Promise<Buffer> {
  const rows = lines.map((line, index) => [
    String(index + 1),
    line.number,
    line.receivedAt ?? '2022-03-01 09:10',
    line.caller ?? '李强',
    line.phone ?? `13${line.number.replace(/\D/g, '').slice(-9).padStart(9, '8')}`,
    line.category ?? '劳动和社会保障',
    line.title ?? '反映拖欠工资',
    line.content ?? '反映单位拖欠两个月工资，要求尽快支付。',
    line.village ?? '',
    line.respondent ?? '',
    line.workers ?? '1',
    line.amount ?? '',
    line.anonymous ?? '否',
    line.migrant ?? '是',
  ]);
  const sheet = { name: '工单', headerRows: 2, rows: [['12345热线诉求工单明细'], header, ...rows] };
  return Buffer.from(await writeXlsx([sheet]));
}
