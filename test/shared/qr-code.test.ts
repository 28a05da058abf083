import { expect } from 'chai';
import { qrCode } from '../../server/shared/qr-code.ts';
import { readQr } from '../support/qr.ts';

describe('a QR code', () => {
  for (const text of [
    'a',
    'https://cases.example.cn/c/0123456789',
    'https://cases.example.cn/c/dGhlIHRva2VuIG9mIGEgY2FyZA',
    'http://127.0.0.1:3000/c/AAAABBBBCCCC11112222_-',
    `https://cases.jiangyin.example.gov.cn/zhutang/c/${'x'.repeat(22)}`,
  ])
    it(`says ${text}`, () => {
      const { viewBox, path } = qrCode(text);
      expect(readQr(`<svg class="qr" viewBox="${viewBox}"><path d="${path}"/></svg>`)).to.equal(text);
    });

  it('is quiet around its modules', () => {
    const { viewBox } = qrCode('a');
    expect(viewBox).to.equal('-4 -4 29 29');
  });
});
