#ifndef BYTE_SCAN_H
#define BYTE_SCAN_H

#include <stdint.h>

// What Swift has no way to say: a comparison of sixteen bytes at once whose results are the bits of a number.

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Which of sixteen bytes end a run of plain ASCII in a JSON string, the first as the lowest bit: quotes,
/// backslashes, control characters, and bytes of longer UTF-8 sequences.
static inline uint32_t byte_scan_stops(const uint8_t *_Nonnull bytes) {
#if defined(__SSE2__)
  __m128i some = _mm_loadu_si128((const __m128i *)bytes);
  __m128i quotes = _mm_cmpeq_epi8(some, _mm_set1_epi8('"'));
  __m128i backslashes = _mm_cmpeq_epi8(some, _mm_set1_epi8('\\'));
  // As signed numbers, bytes from 0x80 up are below zero.
  __m128i others = _mm_cmplt_epi8(some, _mm_set1_epi8(0x20));
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, backslashes), others));
#else
  uint32_t stops = 0;
  for (int index = 0; index < 16; index++) {
    uint8_t byte = bytes[index];
    uint32_t is_stop = byte == '"' || byte == '\\' || byte < 0x20 || byte >= 0x80;
    stops |= is_stop << index;
  }
  return stops;
#endif
}

/// Which of thirty-two bytes end a run of plain ASCII in a JSON string, the first as the lowest bit.
static inline uint32_t byte_scan_stops_of_32(const uint8_t *_Nonnull bytes) {
  return byte_scan_stops(bytes) | byte_scan_stops(bytes + 16) << 16;
}

#endif
