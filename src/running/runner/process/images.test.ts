import { afterAll, describe, expect, it } from 'vitest';
import { descriptorOf } from '../../../engines/descriptors.ts';
import { ImageMaker } from './images.ts';

describe('the image of a dataset', () => {
  const maker = new ImageMaker(descriptorOf('postgres'), 4000);
  afterAll(() => maker.close());

  it('is not waited for where the dataset does not end', async () => {
    const code = 'CREATE TABLE a (b int);\n\nSELECT pg_sleep(1e6);\n';
    await expect(maker.make({ name: 'content/datasets/shop.sql', code })).rejects.toThrow(
      'content/datasets/shop.sql:1: the dataset does not end: it was stopped after 4 s.',
    );
  });

  it('names the dataset that fails', async () => {
    const code = 'SELECT nope;';
    const next = new ImageMaker(descriptorOf('postgres'));
    await expect(next.make({ name: 'content/datasets/shop.sql', code })).rejects.toThrow(
      'content/datasets/shop.sql:1: column "nope" does not exist',
    );
    await next.close();
  });
});
