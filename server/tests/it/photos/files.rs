//! Files to send: good ones, and one that lies about its size.

/// A JPEG of 40 × 30 pixels, of one colour, so that pictures can be told apart.
pub fn jpeg(colour: u8) -> Vec<u8> {
    let png = png(40, 30, colour);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let plain = std::thread::spawn(move || runtime.unwrap().block_on(photos::plain(png)));
    plain.join().unwrap().unwrap().large.to_vec()
}

/// A PNG of one colour, written by hand: stored, not packed.
pub fn png(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let row: Vec<u8> = std::iter::once(0).chain([colour, 90, 160].repeat(width as usize)).collect();
    let raw = row.repeat(height as usize);
    let mut packed = vec![0x78, 1];
    for (at, block) in raw.chunks(60_000).enumerate() {
        let last = u8::from((at + 1) * 60_000 >= raw.len());
        let length = u16::try_from(block.len()).unwrap();
        packed.push(last);
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    packed.extend((b << 16 | a).to_be_bytes());
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [(b"IHDR", head), (b"IDAT", packed), (b"IEND", vec![])] {
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let part = [name.as_slice(), &data].concat();
        file.extend(&part);
        file.extend(crc(&part).to_be_bytes());
    }
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 }
        })
    };
    !bytes.iter().fold(!0, step)
}

/// The head of a PNG that says 60,000 × 60,000 pixels.
pub fn bomb() -> Vec<u8> {
    let mut file = png(8, 8, 1);
    file[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    file[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = crc(&file[12..29]).to_be_bytes();
    file[29..33].copy_from_slice(&sum);
    file
}
