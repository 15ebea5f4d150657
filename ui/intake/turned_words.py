"""The few words of the turned screen that no form carries, in the client's language. Layer: ui, without Qt.

All but the English are drafts: nobody has reviewed them yet, and the screen's English line says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedWords:
    """What a client reads around a question. ``place`` takes ``{n}`` and ``{m}``."""

    place: str
    unknown: str
    declined: str
    onward: str
    aloud: str
    """Instead of choices: the answer is said to the helper, who writes it down."""
    done: str
    reviewed: bool = False


ENGLISH: Final = TurnedWords(
    place="Question {n} of {m}",
    unknown="I do not know",
    declined="I prefer not to say",
    onward="Next",
    aloud="Say your answer. Your helper writes it down.",
    done="That was the last question here. Turn the laptop back to your helper.",
    reviewed=True,
)
WORDS: Final = {
    "en": ENGLISH,
    "es": TurnedWords(
        place="Pregunta {n} de {m}",
        unknown="No lo sé",
        declined="Prefiero no decirlo",
        onward="Siguiente",
        aloud="Diga su respuesta. Su ayudante la escribe.",
        done="Esa fue la última pregunta de esta parte. Devuelva la computadora a su ayudante.",
    ),
    "bn": TurnedWords(
        place="প্রশ্ন {n} / {m}",
        unknown="আমি জানি না",
        declined="আমি বলতে চাই না",
        onward="পরবর্তী",
        aloud="আপনার উত্তর বলুন। আপনার সহায়ক তা লিখে নেবেন।",
        done="এই অংশের শেষ প্রশ্ন ছিল। ল্যাপটপটি আপনার সহায়কের দিকে ঘুরিয়ে দিন।",
    ),
    "zh": TurnedWords(
        place="第 {n} 题，共 {m} 题",
        unknown="我不知道",
        declined="我不想说",
        onward="下一题",
        aloud="请说出您的回答，工作人员会写下来。",
        done="这部分的问题问完了。请把电脑转回给工作人员。",
    ),
    "ar": TurnedWords(
        place="السؤال {n} من {m}",
        unknown="لا أعرف",
        declined="أفضّل ألا أجيب",
        onward="التالي",
        aloud="قل إجابتك، ومن يساعدك يكتبها.",
        done="كان هذا آخر سؤال هنا. أعد الحاسوب إلى من يساعدك.",
    ),
    "ht": TurnedWords(
        place="Kesyon {n} sou {m}",
        unknown="Mwen pa konnen",
        declined="Mwen pito pa reponn",
        onward="Swivan",
        aloud="Di repons ou. Moun ki avèk ou a ap ekri l.",
        done="Se te dènye kesyon nan pati sa a. Vire òdinatè a bay moun ki avèk ou a.",
    ),
    "ru": TurnedWords(
        place="Вопрос {n} из {m}",
        unknown="Я не знаю",
        declined="Не хочу отвечать",
        onward="Дальше",
        aloud="Скажите ответ вслух. Ваш помощник запишет его.",
        done="Это был последний вопрос этой части. Поверните компьютер к вашему помощнику.",
    ),
}


def words_for(code: str) -> TurnedWords:
    """The words of a language, English where there are none."""
    return WORDS.get(code, ENGLISH)
