//! The kill campaign by mail: the mail server sees the order, and the binary dies before or after it hears so. Nobody can look into
//! the provider's mailbox, so a hand-over is either known to be done, or shown to the SPOC as uncertain. A blind repeat is the failure.

use super::kills::{Blow, Dice, repeated, size};
use super::{Office, Process};
use crate::loopback::Id;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const TAP: &str = "de kraan in de pantry boven lekt, er staat een plas op de vloer";
/// How long a life lasts at most.
const LIFE: Duration = Duration::from_secs(8);
/// How long the last life may take.
const REST: Duration = Duration::from_secs(60);

/// At which word of the conversation the blow falls.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment {
    /// The sender is named; nothing of the order has been seen.
    Sender,
    /// The final dot has come, and the answer has not gone.
    Dot,
    /// The answer has gone.
    Answer,
}

/// A mail server on loopback that keeps what it takes.
#[derive(Default)]
struct Server {
    taken: Mutex<Vec<String>>,
    aim: Mutex<Option<(Moment, usize, Blow)>>,
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    fn open() -> (Arc<Self>, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Arc::new(Self::default());
        let serving = Arc::clone(&server);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = Arc::clone(&serving);
                // A client that dies in the middle ends its conversation, and that is all.
                std::thread::spawn(move || server.converse(&stream).is_ok());
            }
        });
        (server, port)
    }

    /// Strikes when the moment has come often enough.
    fn reaches(&self, moment: Moment) {
        let mut aim = held(&self.aim);
        if let Some((wanted, left, blow)) = aim.as_mut()
            && *wanted == moment
        {
            *left -= 1;
            if *left == 0 {
                blow.strike();
                *aim = None;
            }
        }
    }

    fn converse(&self, mut stream: &TcpStream) -> io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?).split(b'\n');
        let mut next = || -> io::Result<String> {
            let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
            Ok(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned())
        };
        stream.write_all(b"220 loopback\r\n")?;
        loop {
            let line = next()?.to_uppercase();
            let answer: &[u8] = match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => b"250-loopback\r\n250 8BITMIME\r\n",
                "MAIL" => {
                    self.reaches(Moment::Sender);
                    b"250 ok\r\n"
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n")?;
                    let mut text = String::new();
                    loop {
                        match next()?.as_str() {
                            "." => break,
                            line => text = text + line + "\n",
                        }
                    }
                    held(&self.taken).push(text);
                    self.reaches(Moment::Dot);
                    // Whether anybody still listens is not the server's concern: it has the mail.
                    let _ = stream.write_all(b"250 taken\r\n");
                    self.reaches(Moment::Answer);
                    continue;
                }
                "QUIT" => return stream.write_all(b"221 bye\r\n"),
                _ => b"250 ok\r\n",
            };
            stream.write_all(answer)?;
        }
    }

    /// How many mails carry the order of that number, by the identity that stands in the head.
    fn mails(&self, number: &str) -> usize {
        let named = |mail: &&String| {
            let id = mail.lines().find(|line| line.to_lowercase().starts_with("message-id:"));
            id.is_some_and(|id| id.contains(&format!("-{number}-")))
        };
        held(&self.taken).iter().filter(named).count()
    }
}

/// What became of a request.
#[derive(Debug, PartialEq)]
enum Outcome {
    Delivered,
    Uncertain,
    Underway,
}

struct Campaign {
    office: Office,
    server: Arc<Server>,
    said: Vec<Id>,
}

impl Campaign {
    /// Every request with its number and what became of it.
    fn outcomes(&self) -> Vec<(String, Outcome)> {
        let rows = self.office.requests();
        let told = self.office.discord.own_messages(self.office.id("spoc"));
        let outcome = |message: &Id| {
            let Some((_, Some(number), stage)) = rows.iter().find(|(id, ..)| id == message) else {
                return (format!("message {message}"), Outcome::Underway);
            };
            let shown = told.iter().any(|m| m.text().contains(number.as_str()));
            let outcome = match stage.as_str() {
                "handed-over" => Outcome::Delivered,
                "approved" if shown => Outcome::Uncertain,
                _ => Outcome::Underway,
            };
            (number.clone(), outcome)
        };
        self.said.iter().map(outcome).collect()
    }

    async fn live(&mut self, process: &Arc<Process>, moment: Moment, nth: usize) -> bool {
        let blow = Blow::at(process);
        *held(&self.server.aim) = Some((moment, nth, blow.clone()));
        let since = Instant::now();
        let mut asked = 0;
        while !blow.has_struck() && since.elapsed() < LIFE {
            if asked < 3 && self.office.discord.read(|world| world.gateway.online() > 0) {
                self.said.push(self.office.says(["alice", "carla", "sanne"][asked], "facilitair", TAP));
                asked += 1;
            }
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        let struck = blow.has_struck();
        process.kill();
        *held(&self.server.aim) = None;
        struck
    }

    async fn rests(&self, process: Arc<Process>) {
        let since = Instant::now();
        while since.elapsed() < REST && self.outcomes().iter().any(|(_, outcome)| *outcome == Outcome::Underway) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        process.kill();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_around_the_final_dot_no_mail_is_repeated_and_doubt_is_shown() {
    let kills = size(60) / 5;
    let (server, port) = Server::open();
    let connector = format!(
        "kind = \"email\"\nto = \"meldingen@brink.example\"\nfrom = \"loket@linde.example\"\n\
         server = {{ host = \"127.0.0.1\", port = {port}, security = \"none\" }}"
    );
    let mut dice = Dice::new();
    let (mut struck, mut requests, mut uncertain, mut unsent) = (0, 0, 0, 0);
    let mut left = kills;
    while left > 0 {
        let office = Office::furnish("1 s", Some(&connector)).await;
        office.discord.limits(false);
        held(&server.taken).clear();
        let mut campaign = Campaign { office, server: Arc::clone(&server), said: Vec::new() };
        let mut process = campaign.office.opens().await;
        // Seasons, as in the other campaign.
        let lives = left.min(20);
        for nth in 0..lives {
            if nth > 0 {
                process = campaign.office.reopens(false);
            }
            let moment = [Moment::Dot, Moment::Dot, Moment::Answer, Moment::Sender][dice.throw(4)];
            struck += usize::from(campaign.live(&process, moment, 1 + dice.throw(2)).await);
        }
        left -= lives;
        campaign.rests(campaign.office.reopens(false)).await;
        // The looks for what became of the uncertain ones come early, and must not send anything either.
        campaign.office.hurries();
        campaign.rests(campaign.office.reopens(false)).await;
        for (number, outcome) in campaign.outcomes() {
            let mails = server.mails(&number);
            assert!(mails <= 1, "{number} was sent {mails} times");
            match outcome {
                Outcome::Delivered => assert_eq!(mails, 1, "{number} is said to be sent"),
                Outcome::Uncertain => {
                    uncertain += 1;
                    unsent += 1 - mails;
                }
                Outcome::Underway => panic!("{number} is neither sent nor shown: {:?}", campaign.office.requests()),
            }
            requests += 1;
        }
        assert_eq!(repeated(&campaign.office.discord), Vec::<String>::new());
        assert_eq!(campaign.office.discord.violations(), Vec::<String>::new());
    }
    let share = 100 * uncertain / requests.max(1);
    println!(
        "{kills} kills ({struck} aimed) over {requests} requests by mail: 0 lost, 0 sent twice, {uncertain} uncertain \
         ({share}%), of which {unsent} had not left"
    );
    assert!(struck > 0, "no blow met a mail");
    assert!(uncertain > 0, "a blow between the dot and the record leaves doubt");
}
