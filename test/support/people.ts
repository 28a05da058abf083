import { idNumberCheckDigit } from '../../server/shared/personal-data.rules.ts';

/** An ID number like no other of these, with the right check digit. */
export function idNumberOf(index: number): string {
  const first17 = `32028119${80 + (index % 20)}0${1 + (index % 9)}${10 + (index % 18)}${String(index).padStart(3, '0')}`;
  return first17 + idNumberCheckDigit(first17);
}

/** The lines of so many people as Excel copies them: number, name, ID number, phone, claimed amount. */
export function pastedPeople(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const phone = `139${String(index).padStart(8, '0')}`;
    return [
      index + 1,
      nameOf(index),
      idNumberOf(index),
      phone,
      `${(1000 + index).toLocaleString('en')}.50`,
    ].join('\t');
  });
  return ['序号\t姓名\t身份证号\t联系电话\t欠薪金额', ...lines].join('\r\n');
}

const FAMILIES = [...'赵钱孙李周吴郑王冯陈'];
const GIVEN = [...'伟芳娜敏静强磊军洋勇艳杰娟涛明超'];

function nameOf(index: number): string {
  return `${FAMILIES[index % 10]!}${GIVEN[index % 16]!}${GIVEN[Math.floor(index / 16) % 16]!}`;
}
