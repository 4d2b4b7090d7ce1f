//! The gateway's socket: HELLO, IDENTIFY, RESUME, heartbeats, and every way a connection can go wrong.

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Discord;
use super::payloads;
use super::sessions::{Gate, Out};
use super::state::intent;
use super::world::World;

/// The route the client connects to.
pub async fn connect(State(discord): State<Discord>, upgrade: WebSocketUpgrade) -> Response {
    let gate = discord.change(|world| {
        world.gateway.attempts += 1;
        world.gateway.gate
    });
    match gate {
        Gate::Open => upgrade.on_upgrade(move |socket| serve(discord, socket)),
        Gate::Refuse => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Gate::Hang => std::future::pending().await,
    }
}

async fn serve(discord: Discord, mut socket: WebSocket) {
    let (to, mut from) = unbounded_channel();
    let connection = discord.change(|world| {
        let connection = world.gateway.connect(to.clone());
        world.gateway.unwelcomed.push(connection);
        world.gateway.welcome();
        connection
    });
    converse(&discord, connection, &mut socket, &to, &mut from).await;
    discord.change(|world| world.gateway.disconnect(connection));
}

async fn converse(
    discord: &Discord,
    connection: u64,
    socket: &mut WebSocket,
    to: &UnboundedSender<Out>,
    from: &mut UnboundedReceiver<Out>,
) {
    loop {
        tokio::select! {
            out = from.recv() => match out {
                Some(Out::Frame(value)) => {
                    if socket.send(Frame::Text(value.to_string().into())).await.is_err() {
                        return;
                    }
                }
                Some(Out::Close(code)) => {
                    // Unbound at once: events from now on belong to the replay, not to this socket.
                    discord.change(|world| world.gateway.disconnect(connection));
                    let _ = socket.send(Frame::Close(Some(CloseFrame { code, reason: "".into() }))).await;
                    // The client's own close is awaited, so that it sees ours before the socket ends.
                    while let Some(Ok(_)) = socket.recv().await {}
                    return;
                }
                Some(Out::Drop) | None => return,
            },
            frame = socket.recv() => match frame {
                Some(Ok(Frame::Text(text))) => {
                    let value: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
                    discord.change(|world| receive(world, connection, to, &value));
                }
                Some(Ok(Frame::Close(close))) => {
                    let code = close.map_or(1005, |frame| frame.code);
                    discord.change(|world| closed(world, connection, code));
                    return;
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            },
        }
    }
}

/// A close with 1000 or 1001 ends the session; any other leaves it to be resumed.
fn closed(world: &mut World, connection: u64, code: u16) {
    world.gateway.closed_by_client.push(code);
    if matches!(code, 1000 | 1001) {
        world.gateway.sessions.retain(|_, session| session.connection != Some(connection));
    }
}

fn receive(world: &mut World, connection: u64, to: &UnboundedSender<Out>, frame: &Value) {
    let data = &frame["d"];
    match frame["op"].as_u64() {
        Some(1) => {
            world.gateway.heartbeats += 1;
            if !world.gateway.silent {
                let _ = to.send(Out::Frame(json!({"op": 11})));
            }
        }
        Some(2) => identify(world, connection, to, data),
        Some(6) => resume(world, connection, to, data),
        // Presence, voice state and member requests need no answer from this world.
        Some(3 | 4 | 8 | 31) => {}
        _ => {
            let _ = to.send(Out::Close(4001));
        }
    }
}

fn identify(world: &mut World, connection: u64, to: &UnboundedSender<Out>, data: &Value) {
    world.gateway.identifies += 1;
    world.gateway.last_identify = data.clone();
    let intents = data["intents"].as_u64().unwrap_or(0);
    let refusal = if let Some(code) = world.gateway.refuse_identify.take() {
        Some(code)
    } else if data["token"].as_str().map(bare) != Some(world.token.as_str())
        || world.gateway.identifies > world.gateway.identify_budget
    {
        Some(4004)
    } else if data["intents"].as_u64().is_none() {
        Some(4013)
    } else if intents & intent::PRIVILEGED & !world.portal_intents != 0 {
        Some(4014)
    } else {
        None
    };
    if let Some(code) = refusal {
        let _ = to.send(Out::Close(code));
        return;
    }
    let session = world.gateway.new_session(intents, connection);
    world.gateway.readies += 1;
    let servers: Vec<u64> =
        world.servers.iter().filter(|(_, s)| s.members.contains_key(&world.bot)).map(|(id, _)| *id).collect();
    let ready = json!({
        "v": 10,
        "user": payloads::own_user(world),
        "guilds": servers.iter().map(|id| json!({"id": id.to_string(), "unavailable": true})).collect::<Vec<_>>(),
        "session_id": session,
        "resume_gateway_url": world.base.replacen("http", "ws", 1) + "/gateway",
        "shard": [0, 1],
        "application": {"id": world.application.to_string(), "flags": payloads::application_flags(world)},
    });
    world.gateway.dispatch_to(&session, "READY", ready);
    for id in servers {
        let server = payloads::server_created(world, id);
        world.gateway.dispatch_to(&session, "GUILD_CREATE", server);
    }
}

fn resume(world: &mut World, connection: u64, to: &UnboundedSender<Out>, data: &Value) {
    world.gateway.resumes += 1;
    if data["token"].as_str().map(bare) != Some(world.token.as_str()) {
        let _ = to.send(Out::Close(4004));
        return;
    }
    let refused = std::mem::take(&mut world.gateway.refuse_resume);
    let name = data["session_id"].as_str().unwrap_or_default().to_owned();
    let seen = data["seq"].as_u64().unwrap_or(0);
    let session = world.gateway.sessions.get_mut(&name).filter(|s| !refused && seen <= s.sequence);
    let Some(session) = session else {
        world.gateway.sessions.remove(&name);
        let _ = to.send(Out::Frame(json!({"op": 9, "d": false})));
        return;
    };
    session.connection = Some(connection);
    let missed: Vec<Value> = session.log.iter().filter(|f| f["s"].as_u64() > Some(seen)).cloned().collect();
    for frame in missed {
        let _ = to.send(Out::Frame(frame));
    }
    world.gateway.dispatch_to(&name, "RESUMED", json!({}));
}

/// Libraries send the token with or without the word "Bot" before it.
fn bare(token: &str) -> &str {
    token.strip_prefix("Bot ").unwrap_or(token)
}
