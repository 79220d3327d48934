package io.tradingecosystem.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.stream.LongStream;

class PostingTableTest {
    @Test
    void shouldGiveEachListOnceInTheOrderOfTheTable() {
        PostingTable postings = new PostingTable(1);
        long[] hashes = {-1, 0, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 63 | 1L << 30};
        for (int offset = 0; offset < 3; offset++) {
            for (long hash : hashes) {
                postings.add(hash, 0, offset);
            }
        }
        int[] order = postings.inOrder();

        assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(Arrays.stream(order).mapToObj(postings::hash).map(Long::toUnsignedString))
                .containsExactlyElementsOf(
                        LongStream.of(hashes)
                                .boxed()
                                .sorted(Long::compareUnsigned)
                                .map(Long::toUnsignedString)
                                .toList());
    }
}
