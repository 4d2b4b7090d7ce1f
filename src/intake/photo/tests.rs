use super::*;
use proptest::prelude::*;

const JPEG: &[u8] = include_bytes!("../../../tests/data/photos/turned.jpg");
const PNG: &[u8] = include_bytes!("../../../tests/data/photos/turned.png");
const WEBP: &[u8] = include_bytes!("../../../tests/data/photos/turned.webp");
const PLAIN: &[u8] = include_bytes!("../../../tests/data/photos/plain.jpg");

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn nothing_but_the_picture_is_left() {
    for (file, media) in [(JPEG, Media::Jpeg), (PNG, Media::Png), (WEBP, Media::Webp)] {
        assert!(holds(file, "KANARIE"));
        let clean = clean(file.to_vec()).unwrap();
        assert!(clean.media == media && clean.cleaned);
        assert!(!holds(&clean.bytes, "KANARIE"), "{media:?}");
        assert!(clean.bytes.len() < file.len() && clean.bytes.len() > 100, "{media:?}");
    }
}

#[test]
fn it_is_turned_as_it_was() {
    for file in [JPEG, PNG, WEBP] {
        let bytes = clean(file.to_vec()).unwrap().bytes;
        let block = bytes.windows(4).position(|window| window == b"MM\0*").expect("a block that says how it is turned");
        assert_eq!(turned::of(&bytes[block..]), Some(6));
    }
}

#[test]
fn what_is_clean_stays_as_it_is() {
    for file in [JPEG, PNG, WEBP] {
        let once = clean(file.to_vec()).unwrap();
        let twice = clean(once.bytes.clone()).unwrap();
        assert_eq!(twice, Clean { cleaned: false, ..once });
    }
    assert!(!clean(PLAIN.to_vec()).unwrap().cleaned);
    for other in [&b"%PDF-1.7 KANARIE"[..], b"PK\x03\x04", b""] {
        assert_eq!(clean(other.to_vec()).unwrap().bytes, other);
    }
}

#[test]
fn what_was_cut_off_is_damaged() {
    for file in [JPEG, PNG, WEBP] {
        let whole = clean(file.to_vec()).unwrap().bytes;
        for end in [16, whole.len() / 2, whole.len() - 1] {
            assert_eq!(clean(whole[..end].to_vec()), Err(Damaged), "{end} of {}", whole.len());
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_at_all_are_walked_without_panic(
        which in 0_usize..3, at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut file = [JPEG, PNG, WEBP][which].to_vec();
        let at = at.index(file.len());
        let end = (at + bytes.len()).min(file.len());
        file.splice(at..end, bytes);
        let length = file.len();
        if let Ok(clean) = clean(file) {
            // At most what says how it is turned comes to it.
            prop_assert!(clean.bytes.len() <= length + 64);
        }
    }
}
